"""ONVIF: finding devices in the network, and asking them what they are and where their video is."""

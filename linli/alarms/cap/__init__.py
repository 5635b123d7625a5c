"""The Common Alerting Protocol 1.2: what a message must look like, reading one, writing and signing one."""

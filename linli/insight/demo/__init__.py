"""The demo city: Jinchang's real places with invented people and matters."""

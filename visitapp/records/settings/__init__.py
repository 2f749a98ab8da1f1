"""Settings, providers, contracts and the ratings that stand for them."""

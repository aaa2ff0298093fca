"""One folder a question: a desk computes what its page says, and draws nothing."""

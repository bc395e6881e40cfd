//! What is read as a WAV file, and what is not.

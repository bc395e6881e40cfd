//! What is heard on the line: sound in packets, digits, prompts, bridges, conferences and recordings, on threads of its own.

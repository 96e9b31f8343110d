namespace Chat.Hub.Storage;

/// <summary>The store cannot be read or written now: disk full, read-only, locked or away. What was acknowledged is safe.</summary>
internal sealed class StoreUnavailableException(string message, Exception inner) : Exception(message, inner);

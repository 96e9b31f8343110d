namespace Chat.Hub.Storage;

/// <summary>Somebody else holds one of the rooms for too long. The others may be free, and nothing was written.</summary>
internal sealed class RoomsLockedException(Exception inner) : Exception("A room is held by another node for too long.", inner);

namespace Chat.Bench.Load.Clients;

/// <summary>The run is worth nothing: a delivery was lost, doubled, spoiled or out of order, a call refused, or a connection ended.</summary>
internal sealed class LoadException(string message) : Exception(message);

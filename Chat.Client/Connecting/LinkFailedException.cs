namespace Chat.Client.Connecting;

/// <summary>A link is over or never came to be, and it is decided what follows.</summary>
internal sealed class LinkFailedException(NextStep step, Exception reason) : Exception(reason.Message, reason)
{
    public NextStep Step { get; } = step;
}

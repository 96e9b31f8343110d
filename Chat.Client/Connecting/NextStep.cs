namespace Chat.Client.Connecting;

/// <summary>What follows the end of a connection, or of a try to make one.</summary>
/// <param name="Kind">What.</param>
/// <param name="Wait">Before trying again.</param>
/// <param name="IsOrdered">Whether the server named the wait: nobody here cuts it short.</param>
internal readonly record struct NextStep(NextStepKind Kind, TimeSpan Wait = default, bool IsOrdered = false);

internal enum NextStepKind
{
    TryAgain,
    SignOut,
    Stop,
}

namespace Chat.Client.Connecting;

/// <summary>What follows the end of a connection, or of a try to make one.</summary>
/// <param name="Kind">What.</param>
/// <param name="Wait">Before trying again.</param>
internal readonly record struct NextStep(NextStepKind Kind, TimeSpan Wait = default);

internal enum NextStepKind
{
    TryAgain,
    SignOut,
    Stop,
}

using Chat.Client.Connecting;
using Chat.Contracts;

namespace Chat.Client;

public sealed partial class ChatClient
{
    /// <summary>Sets what the user says of itself, on all devices and over restarts. Waits for a connection and is repeated over drops.</summary>
    /// <param name="text">At most 100 characters, no line breaks; empty for nothing.</param>
    /// <param name="lasting">For how long, 1 s to a year; null until it is set again.</param>
    /// <param name="ct">Ends waiting and repeating; it may be set all the same.</param>
    /// <exception cref="ChatException">Refused: <see cref="ErrorCode.Invalid"/>.</exception>
    public Task<UserPresence> SetStatusTextAsync(string text, TimeSpan? lasting = null, CancellationToken ct = default)
    {
        var request = new SetStatusText { Text = text, Seconds = lasting is { } time ? (long)Math.Ceiling(time.TotalSeconds) : null };
        return calls.AskAsync(hub => hub.SetStatusText(request), ct).OrThrow();
    }

    /// <summary>People by the beginning of their name, with their presence. Waits for a connection and is repeated over drops.</summary>
    /// <param name="request">Which.</param>
    /// <param name="ct">Ends waiting and repeating.</param>
    /// <exception cref="ChatException">Refused.</exception>
    public Task<PeoplePage> FindPeopleAsync(FindPeople request, CancellationToken ct = default) =>
        calls.AskAsync(hub => hub.FindPeople(request), ct).OrThrow();
}

using System.Globalization;
using Chat.Client;
using Chat.Contracts;

namespace Chat.Samples.Desktop;

/// <summary>How things are called.</summary>
internal static class Words
{
    /// <summary>What is wrong with the connection; empty while nothing is.</summary>
    public static string Trouble(ChatStatus status, DateTimeOffset now) => status.State switch
    {
        ChatState.Connected or ChatState.CatchingUp => "",
        ChatState.Connecting => "Connecting…",
        ChatState.Reconnecting when status.NextTryAt > now => $"No connection. Trying again in {Math.Ceiling((status.NextTryAt.Value - now).TotalSeconds)} s; what you write is kept.",
        ChatState.Reconnecting => "No connection. Trying again…",
        ChatState.SignedOut => "You are signed out. Close the window and sign in again.",
        ChatState.Stopped => $"The server lets you in no more: {status.Closing?.Code}.",
        _ => "Disconnected.",
    };

    public static string State(ChatState state) => state switch
    {
        ChatState.Connected => "Online",
        ChatState.CatchingUp => "Catching up…",
        ChatState.Connecting => "Connecting…",
        ChatState.Reconnecting => "Reconnecting…",
        ChatState.SignedOut => "Signed out",
        _ => "Offline",
    };

    public static string Typing(IReadOnlyList<string> names) => names switch
    {
        [] => "",
        [var one] => $"{one} is typing…",
        [var one, var other] => $"{one} and {other} are typing…",
        _ => $"{names.Count} people are typing…",
    };

    public static string People(RoomView room) =>
        $"{(room.MemberCount is 1 ? "Only you" : $"{room.MemberCount} people")}{(room.OnlineCount > 1 ? $" · {room.OnlineCount} here" : "")}";

    public static string Text(MessageView message) => message.Message switch
    {
        { DeletedAt: not null } => "This message was deleted.",
        { Text.Length: 0, Attachments: [var file, ..] } => $"📎 {file.Name}",
        _ => message.Text,
    };

    /// <summary>What stands below a message: how far it is, or when it was and what became of it.</summary>
    public static string Meta(MessageView message) => message switch
    {
        { State: OutgoingState.Failed } => $"Not sent. {message.Error?.Message}",
        { Message: null, State: OutgoingState.Sending } => "Sending…",
        { Message: null } => "Sent",
        { Message: { } stored } => string.Join(" · ", new[]
        {
            string.Concat(stored.Reactions.Select(one => $"{one.Emoji} {one.UserIds.Count} ")).TrimEnd(),
            stored is { EditedAt: not null, DeletedAt: null } ? "edited" : "",
            stored.Stream switch { StreamState.Open => "writing…", StreamState.CutOff => "was cut off", _ => "" },
            stored.ReplyCount > 0 ? $"{stored.ReplyCount} in the thread" : "",
        }.Where(part => part.Length > 0)),
    };

    public static string Time(DateTimeOffset at) => at.ToLocalTime().ToString("HH:mm", CultureInfo.InvariantCulture);

    public static string Day(DateTimeOffset at, DateTimeOffset now) => (now.ToLocalTime().Date - at.ToLocalTime().Date).Days switch
    {
        0 => "Today",
        1 => "Yesterday",
        _ => at.ToLocalTime().ToString("dddd, d MMMM", CultureInfo.InvariantCulture),
    };
}

using System.Globalization;
using Chat.Client;
using Chat.Contracts;

namespace Chat.Samples.Terminal;

/// <summary>How things are called.</summary>
internal static class Words
{
    public const string Help = """
        Write, and Enter sends. Page up and down scroll, Tab goes to the next room with news, arrows fetch what you wrote.
        /rooms         all rooms        /join NAME   come into one, or open it
        /who           who is here      /leave       leave this room
        /edit TEXT     your last message, or the one that was not sent
        /retry /drop   what was not sent          /quit
        """;

    public static string Of(ChatStatus status, DateTimeOffset now) => status.State switch
    {
        ChatState.Connected => "connected",
        ChatState.CatchingUp => "catching up",
        ChatState.Connecting => "connecting" + In(status.NextTryAt - now),
        ChatState.Reconnecting => "reconnecting" + In(status.NextTryAt - now),
        ChatState.SignedOut => "signed out: quit and sign in again",
        ChatState.Stopped => $"the server lets nobody in: {status.Closing?.Code}",
        _ => "offline",
    };

    public static string Title(ChatRoom room, User? me) =>
        room.Room.Name is { Length: > 0 } name ? name
        : string.Join(", ", room.Members.Where(member => member.UserId != me?.Id).Select(member => member.Name)) is { Length: > 0 } names ? names
        : "notes to myself";

    public static string People(ChatRoom room) => $"{room.MemberCount} {(room.MemberCount is 1 ? "member" : "members")}{(room.OnlineCount > 0 ? $", {room.OnlineCount} here" : "")}";

    public static string Typing(IReadOnlyList<string> names) => names switch
    {
        [] => "",
        [var one] => $"{one} is typing…",
        [var one, var other] => $"{one} and {other} are typing…",
        _ => $"{names.Count} people are typing…",
    };

    public static string Text(Message message) => message switch
    {
        { DeletedAt: not null } => "deleted",
        { Text.Length: 0, Attachments: [var file, ..] } => $"[{file.Name}]",
        _ => Clean(message.Text),
    };

    /// <summary>Without what would steer the terminal.</summary>
    public static string Clean(string text) => string.Concat(text.Where(c => c is '\n' || !char.IsControl(c)));

    public static string Time(DateTimeOffset at) => at.ToLocalTime().ToString("HH:mm", CultureInfo.InvariantCulture);

    public static string Day(DateTimeOffset at) => at.ToLocalTime().ToString("dddd, d MMMM", CultureInfo.InvariantCulture);

    private static string In(TimeSpan? left) => left > TimeSpan.Zero ? $" in {Math.Ceiling(left.Value.TotalSeconds)} s" : "…";
}

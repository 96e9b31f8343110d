using Chat.Client;
using Chat.Contracts;

namespace Chat.Samples.Terminal;

/// <summary>Lines that begin with a slash.</summary>
internal static class Commands
{
    /// <exception cref="ChatException">The server refused it.</exception>
    public static Task RunAsync(Desk desk, string line)
    {
        var (command, rest) = line.Split(' ', 2) is [var first, var second] ? (first, second.Trim()) : (line, "");
        return command.ToLowerInvariant() switch
        {
            "/rooms" => RoomsAsync(desk),
            "/join" or "/open" => JoinAsync(desk, rest),
            "/leave" => LeaveAsync(desk),
            "/who" => WhoAsync(desk),
            "/edit" => EditAsync(desk, rest),
            "/retry" => OverFailed(desk, one => desk.Chat.RetryOutgoing(one.Id)),
            "/drop" => OverFailed(desk, one => desk.Chat.DropOutgoing(one.Id)),
            "/quit" => Done(desk.Leave),
            "/help" => Done(() => desk.Say(Words.Help)),
            _ => Done(() => desk.Say($"There is no {command}; /help tells what there is.")),
        };
    }

    private static async Task RoomsAsync(Desk desk)
    {
        var page = await desk.Chat.ListRoomsAsync();
        var lines = page.Rooms.Select(one => $"{(one.IsMember ? "*" : " ")} {one.Room.Name} ({one.MemberCount}) {one.Room.Topic}");
        desk.Say(string.Join('\n', [.. lines, "* you are in; /join NAME opens any"]));
    }

    private static async Task JoinAsync(Desk desk, string name)
    {
        if (desk.Rooms.FirstOrDefault(room => Is(desk.Title(room))) is { } mine)
        {
            desk.Open(mine);
            return;
        }
        var page = await desk.Chat.ListRoomsAsync(new ListRooms { Search = name });
        if (page.Rooms.FirstOrDefault(one => Is(one.Room.Name)) is { } found) desk.Open(await desk.Chat.JoinRoomAsync(found.Room.RoomId));
        else desk.Say($"There is no room {name}.");

        bool Is(string title) => string.Equals(title, name, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task LeaveAsync(Desk desk)
    {
        if (desk.Room is { } room) await desk.Chat.LeaveRoomAsync(room.Id);
    }

    private static async Task WhoAsync(Desk desk)
    {
        if (desk.Room is not { } room) return;
        var page = await desk.Chat.ListMembersAsync(new ListMembers { RoomId = room.Id });
        var presence = page.Presence.ToDictionary(one => one.UserId);
        var lines = page.Members.Select(member => presence.GetValueOrDefault(member.UserId) is { Status: not PresenceStatus.Offline } here
            ? $"● {member.Name} {(here.Status is PresenceStatus.Online ? "" : here.Status is PresenceStatus.Away ? "(away)" : "(do not disturb)")} {here.Text}"
            : $"○ {member.Name}");
        desk.Say(string.Join('\n', [$"{page.OnlineCount} of {page.MemberCount} are here:", .. lines]));
    }

    private static async Task EditAsync(Desk desk, string text)
    {
        if (desk.Room is not { } room) return;
        if (Failed(room) is [.., var parked]) desk.Chat.EditOutgoing(parked.Id, text);
        else if (room.Messages.LastOrDefault(message => message.AuthorId == desk.Chat.User?.Id && message.DeletedAt is null) is { } mine)
            await desk.Chat.EditMessageAsync(room.Id, mine.Seq, text);
        else desk.Say(room.Outgoing.Count > 0 ? "Your message is still on its way." : "You have written nothing here yet.");
    }

    private static Task OverFailed(Desk desk, Action<Outgoing> act) => Done(() =>
    {
        foreach (var one in desk.Room is { } room ? Failed(room) : []) act(one);
    });

    private static List<Outgoing> Failed(ChatRoom room) => [.. room.Outgoing.Where(one => one.State is OutgoingState.Failed)];

    // As a task that failed, where it throws.
    private static async Task Done(Action act)
    {
        act();
        await Task.CompletedTask;
    }
}

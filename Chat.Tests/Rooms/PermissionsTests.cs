using Chat.Contracts;
using Chat.Hub.Rooms;

namespace Chat.Tests.Rooms;

/// <summary>The table of permissions, row by row, and what holds for all rows.</summary>
public sealed class PermissionsTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-01-31T12:00:00Z", null);
    private static readonly Guid RoomId = Guid.NewGuid();

    // Who may in public, private and direct rooms (m: members and above, M: moderators and above, O: the owner, -: nobody);
    // then: s when it can only be done to lower roles, a when administrators may without being members, r when it goes on
    // in an archived room, q when it goes on while one is muted (quiet).
    private static readonly Dictionary<string, string> Rows = new()
    {
        ["Read"] = "m m m rq",
        ["Post"] = "m m m ",
        ["React"] = "m m m ",
        ["EditOwn"] = "m m m ",
        ["DeleteOwn"] = "m m m rq",
        ["DeleteOthers"] = "M M - sarq",
        ["Pin"] = "M M m a",
        ["Invite"] = "m M - aq",
        ["ManageLinks"] = "M M - aq",
        ["Kick"] = "M M - sarq",
        ["Ban"] = "M M - sarq",
        ["Mute"] = "M M - sarq",
        ["SetRole"] = "O O - arq",
        ["Rename"] = "M M - aq",
        ["SetRules"] = "O O - aq",
        ["Archive"] = "O O - arq",
        ["Delete"] = "O O - arq",
        ["ReadAudit"] = "M M - arq",
        ["SeeOutsiders"] = "M M - arq",
        ["ManageWebhooks"] = "M M - arq",
    };

    public static TheoryData<string> Acts => [.. Enum.GetNames<Act>()];

    [Theory]
    [MemberData(nameof(Acts))]
    public void Each_act_is_for_whom_its_row_says(string name)
    {
        var act = Enum.Parse<Act>(name);
        var row = Rows[name].Split(' ');
        foreach (var (kind, letter) in new[] { RoomKind.Public, RoomKind.Private, RoomKind.Direct }.Zip(row))
        {
            foreach (var role in (MemberRole[])[MemberRole.Member, MemberRole.Moderator, MemberRole.Owner])
            {
                var may = letter switch { "m" => true, "M" => role >= MemberRole.Moderator, "O" => role is MemberRole.Owner, _ => false };
                (Check(act, Room(kind), role) is null).Should().Be(may, $"{role} in a {kind} room");
            }
            Check(act, Room(kind), null)!.Code.Should().Be(kind is RoomKind.Public ? ErrorCode.NotAMember : ErrorCode.NotFound);
        }

        var rest = row[3];
        var lowest = row[0] switch { "m" => MemberRole.Member, "M" => MemberRole.Moderator, _ => MemberRole.Owner };
        foreach (var subject in (MemberRole[])[MemberRole.Member, MemberRole.Moderator, MemberRole.Owner])
            (Check(act, Room(RoomKind.Public), MemberRole.Moderator, subject: subject) is null).Should()
                .Be(lowest <= MemberRole.Moderator && (!rest.Contains('s') || subject < MemberRole.Moderator), $"a moderator to {subject}");
        (Check(act, Room(RoomKind.Public), null, isAdministrator: true) is null).Should().Be(rest.Contains('a'));
        (Check(act, Room(RoomKind.Public) with { ArchivedAt = Now }, MemberRole.Owner)?.Code is not ErrorCode.Forbidden).Should().Be(rest.Contains('r'));
        (Check(act, Room(RoomKind.Public), MemberRole.Owner, isMuted: true)?.Code is not ErrorCode.Muted).Should().Be(rest.Contains('q'));
    }

    [Theory]
    [MemberData(nameof(Acts))]
    public void In_a_deleted_room_nobody_does_anything(string name)
    {
        var act = Enum.Parse<Act>(name);
        Check(act, Room(RoomKind.Public) with { DeletedAt = Now }, MemberRole.Owner, isAdministrator: true)!.Code.Should().Be(ErrorCode.NotFound);
        Permissions.Check(act, null, Who(true), null, Now)!.Code.Should().Be(ErrorCode.NotFound);
    }

    private static Error? Check(Act act, Room room, MemberRole? role, MemberRole? subject = null, bool isAdministrator = false, bool isMuted = false)
    {
        var actor = role is { } mine ? Member(mine) with { MutedUntil = isMuted ? Now.AddMinutes(1) : Now } : null;
        return Permissions.Check(act, room, Who(isAdministrator), actor, Now, subject is { } theirs ? Member(theirs) : null);
    }

    private static Speaker Who(bool isAdministrator) => new(Guid.NewGuid(), "Ann", UserKind.Account) { IsAdministrator = isAdministrator };

    private static Room Room(RoomKind kind) => new() { RoomId = RoomId, Kind = kind, Name = "tea", CreatedAt = Now };

    private static Member Member(MemberRole role) => new()
    {
        RoomId = RoomId,
        UserId = Guid.NewGuid(),
        Name = "Ann",
        UserKind = UserKind.Account,
        Role = role,
        State = MemberState.Active,
        JoinedAt = Now,
    };
}

using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>Sets or takes back a reaction.</summary>
internal sealed record React(Speaker Who, SetReaction Request) : RoomChange(Request.RoomId)
{
    private const int MostEmoji = 20;
    private const int Most = 1_000;

    public override Error? Check(RoomLimits limits) => Emoji.IsOne(Request.Emoji) ? null : Refusal.Invalid("emoji", "must be one emoji.");

    public override void Tell(Needs needs)
    {
        base.Tell(needs);
        needs.Members.Add((RoomId, Who.UserId));
        needs.Messages.Add((RoomId, Request.Seq));
    }

    public override Decision Decide(RoomLedger room, DateTimeOffset now)
    {
        if (Permissions.Check(Act.React, room.Room, Who, room.Members.GetValueOrDefault(Who.UserId), now) is { } refusal)
            return Decision.Refuse(refusal);
        if (room.Messages.GetValueOrDefault(Request.Seq) is not { DeletedAt: null, System: null } message)
            return Decision.Refuse(Refusal.NotFound("message"));

        var same = message.Reactions.FirstOrDefault(reaction => reaction.Emoji == Request.Emoji);
        if (same?.UserIds.Contains(Who.UserId) is true == Request.IsSet) return Decision.AsBefore(message);
        if (Request.IsSet && ((same is null && message.Reactions.Count >= MostEmoji) || message.Reactions.Sum(reaction => reaction.UserIds.Count) >= Most))
            return Decision.Refuse(Refusal.Of(ErrorCode.Forbidden, "This message has as many reactions as it can take."));
        return Decision.Append(message with { Reactions = After(message.Reactions, same) });
    }

    private IReadOnlyList<Reaction> After(IReadOnlyList<Reaction> before, Reaction? same)
    {
        if (same is null) return [.. before, new Reaction { Emoji = Request.Emoji, UserIds = [Who.UserId] }];
        var changed = same with { UserIds = Request.IsSet ? [.. same.UserIds, Who.UserId] : [.. same.UserIds.Where(id => id != Who.UserId)] };
        return [.. before.Select(reaction => ReferenceEquals(reaction, same) ? changed : reaction).Where(reaction => reaction.UserIds.Count > 0)];
    }
}

using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>What shall happen: refuse, answer what happened before, or append records to the room.</summary>
internal sealed record Decision
{
    public Error? Refusal { get; private init; }

    /// <summary>Records without numbers yet, in the order they take them.</summary>
    public IReadOnlyList<RoomRecord> Drafts { get; private init; } = [];

    /// <summary>Records that are there already and answer the request.</summary>
    public IReadOnlyList<RoomRecord> Before { get; private init; } = [];

    /// <summary>What goes into the audit trail; the store numbers it. Null for nothing.</summary>
    public AuditEntry? Trail { get; init; }

    /// <summary>What a message said until now; null where nothing was edited.</summary>
    public PastText? Past { get; init; }

    /// <summary>The room's new password; null to keep it as it is.</summary>
    public NewPassword? Password { get; init; }

    /// <summary>An invite link that was made, used or ended; null for none.</summary>
    public InviteLink? Link { get; init; }

    public static Decision Refuse(Error refusal) => new() { Refusal = refusal };

    public static Decision Append(params RoomRecord[] drafts) => new() { Drafts = drafts };

    public static Decision AsBefore(params RoomRecord[] before) => new() { Before = before };
}

/// <summary>What a message said until it was edited.</summary>
internal sealed record PastText(long Seq, string Text, DateTimeOffset Since);

/// <summary>A room's new password: its hash, or null for none.</summary>
internal sealed record NewPassword(string? Hash);

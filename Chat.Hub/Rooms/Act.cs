namespace Chat.Hub.Rooms;

/// <summary>What somebody may want to do in a room; who may is in <see cref="Permissions"/>.</summary>
internal enum Act
{
    Read,
    Post,
    React,
    EditOwn,
    DeleteOwn,
    DeleteOthers,
    Pin,
    Invite,
    ManageLinks,
    Kick,
    Ban,
    Mute,
    SetRole,
    Rename,
    SetRules,
    Archive,
    Delete,
    ReadAudit,
    SeeOutsiders,
    ManageWebhooks,
}

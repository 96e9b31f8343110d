using System.Collections.Frozen;
using System.Security.Claims;
using Chat.Contracts;
using static Chat.Contracts.BotScope;

namespace Chat.Hub.Integrations;

/// <summary>Which scope a bot needs for a call: the one table. What is not in it no bot may do.</summary>
internal static class HubScopes
{
    private static readonly FrozenDictionary<string, BotScope?> Table = new Dictionary<string, BotScope?>
    {
        // Of every bot: being there, and how it is seen.
        [nameof(IChatHub.Connect)] = null,
        [nameof(IChatHub.Ping)] = null,
        [nameof(IChatHub.SetPresence)] = null,
        [nameof(IChatHub.SetStatusText)] = null,
        [nameof(IChatHub.ListSessions)] = null,
        [nameof(IChatHub.RevokeSessions)] = null,
        [nameof(IChatHub.GetSessionData)] = null,
        [nameof(IChatHub.SetSessionData)] = null,

        [nameof(IChatHub.ListRooms)] = Read,
        [nameof(IChatHub.GetRoom)] = Read,
        [nameof(IChatHub.LookAtInvite)] = Read,
        [nameof(IChatHub.ListMembers)] = Read,
        [nameof(IChatHub.GetEdits)] = Read,
        [nameof(IChatHub.ListPins)] = Read,
        [nameof(IChatHub.GetHistory)] = Read,
        [nameof(IChatHub.Sync)] = Read,
        [nameof(IChatHub.Search)] = Read,
        [nameof(IChatHub.MarkRead)] = Read,
        [nameof(IChatHub.ListReaders)] = Read,
        [nameof(IChatHub.FindPeople)] = Read,

        [nameof(IChatHub.JoinRoom)] = Write,
        [nameof(IChatHub.LeaveRoom)] = Write,
        [nameof(IChatHub.OpenDirect)] = Write,
        [nameof(IChatHub.DeclineInvitation)] = Write,
        [nameof(IChatHub.SendMessage)] = Write,
        [nameof(IChatHub.EditMessage)] = Write,
        [nameof(IChatHub.DeleteMessage)] = Write,
        [nameof(IChatHub.SetReaction)] = Write,
        [nameof(IChatHub.SetPin)] = Write,
        [nameof(IChatHub.BeginStream)] = Write,
        [nameof(IChatHub.AppendStream)] = Write,
        [nameof(IChatHub.EndStream)] = Write,
        [nameof(IChatHub.SendTyping)] = Write,

        [nameof(IChatHub.CreateRoom)] = Manage,
        [nameof(IChatHub.UpdateRoom)] = Manage,
        [nameof(IChatHub.DeleteRoom)] = Manage,
        [nameof(IChatHub.Invite)] = Manage,
        [nameof(IChatHub.RevokeInvitation)] = Manage,
        [nameof(IChatHub.CreateInviteLink)] = Manage,
        [nameof(IChatHub.ListInviteLinks)] = Manage,
        [nameof(IChatHub.RevokeInviteLink)] = Manage,
        [nameof(IChatHub.SetRole)] = Manage,
        [nameof(IChatHub.Kick)] = Manage,
        [nameof(IChatHub.Ban)] = Manage,
        [nameof(IChatHub.Unban)] = Manage,
        [nameof(IChatHub.Mute)] = Manage,
        [nameof(IChatHub.ListAudit)] = Manage,
        [nameof(IChatHub.CreateIncomingWebhook)] = Manage,
        [nameof(IChatHub.CreateOutgoingWebhook)] = Manage,
        [nameof(IChatHub.ListWebhooks)] = Manage,
        [nameof(IChatHub.DeleteWebhook)] = Manage,
        [nameof(IChatHub.ResumeWebhook)] = Manage,
    }.ToFrozenDictionary();

    /// <summary>Whether there is a decision for a method of the hub.</summary>
    public static bool Knows(string method) => Table.ContainsKey(method);

    /// <summary>Why the caller may not call a method of the contract; null when it may, or is no bot.</summary>
    public static Error? Refusal(ClaimsPrincipal caller, string method) =>
        BotClaims.TokenOf(caller) is null ? null
        : Table.TryGetValue(method, out var needed) && needed is null ? null
        : needed is { } scope ? Refusal(caller, scope)
        : Refuse(method);

    /// <summary>Why the caller may not do what takes a scope; null when it may, or is no bot.</summary>
    public static Error? Refusal(ClaimsPrincipal caller, BotScope scope) =>
        BotClaims.TokenOf(caller) is null || BotClaims.ScopesOf(caller).Contains(scope) ? null : Refuse(scope.ToString().ToLowerInvariant());

    private static Error Refuse(string what) => Rooms.Refusal.Of(ErrorCode.Forbidden, $"This bot does not have the scope for it: {what}.");
}

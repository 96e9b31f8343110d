using System.Security.Claims;
using Chat.Contracts;
using Chat.Contracts.Wire;
using Chat.Hub.Rooms;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Hub.SignIn;

/// <summary>What a token says of its user.</summary>
internal static class ChatClaims
{
    public const string UserId = "sub";
    public const string Name = "name";
    public const string Kind = "kind";
    public const string SessionId = "sid";
    public const string IsAdministrator = "adm";

    public static Speaker SpeakerOf(ClaimsPrincipal user) => user is ChatCaller caller ? caller.Speaker : Read(user);

    public static Speaker Read(ClaimsPrincipal user) => new(
        Guid.Parse(user.FindFirstValue(UserId)!),
        user.FindFirstValue(Name)!,
        WireEnum<UserKind>.FromWire(user.FindFirstValue(Kind)))
    {
        SessionId = ReadSession(user) ?? Guid.Empty,
        IsAdministrator = user.HasClaim(IsAdministrator, "true"),
    };

    /// <summary>The session of a token; null for a token of before there were sessions.</summary>
    public static Guid? SessionOf(ClaimsPrincipal? user) =>
        user is not ChatCaller caller ? ReadSession(user)
        : caller.Speaker.SessionId is var id && id != Guid.Empty ? id
        : null;

    private static Guid? ReadSession(ClaimsPrincipal? user) => Guid.TryParse(user?.FindFirstValue(SessionId), out var id) ? id : null;
}

/// <summary>Tells SignalR whose a connection is.</summary>
internal sealed class ChatUserIds : IUserIdProvider
{
    public string? GetUserId(HubConnectionContext connection) => connection.User.FindFirstValue(ChatClaims.UserId);
}

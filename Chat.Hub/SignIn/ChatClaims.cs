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

    public static Speaker SpeakerOf(ClaimsPrincipal user) => new(
        Guid.Parse(user.FindFirstValue(UserId)!),
        user.FindFirstValue(Name)!,
        WireEnum<UserKind>.FromWire(user.FindFirstValue(Kind)));
}

/// <summary>Tells SignalR whose a connection is.</summary>
internal sealed class ChatUserIds : IUserIdProvider
{
    public string? GetUserId(HubConnectionContext connection) => connection.User.FindFirstValue(ChatClaims.UserId);
}

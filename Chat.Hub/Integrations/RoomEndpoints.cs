using Chat.Contracts;
using Chat.Hub.Hubs;
using Chat.Hub.SignIn;

namespace Chat.Hub.Integrations;

/// <summary>Rooms over plain HTTP, for those who want no connection. Each is a method of the hub.</summary>
internal static class RoomEndpoints
{
    public static void MapRooms(this IEndpointRouteBuilder routes)
    {
        var rooms = routes.MapGroup("").RequireAuthorization(TokenChecking.Policy);
        rooms.MapGet(ChatPaths.Rooms, (HttpContext http, string? search, string? after, int? limit) =>
                http.Ask(nameof(ChatHub.ListRooms), hub => hub.ListRooms(new ListRooms { Search = search, After = after, Limit = limit })))
            .Answers<Reply<RoomPage>>("Public rooms, and the private ones of the caller, by name.");

        rooms.MapPost(ChatPaths.RoomJoin, (HttpContext http, Guid roomId) =>
                http.Ask(nameof(ChatHub.JoinRoom), hub => hub.JoinRoom(new JoinRoom { RoomId = roomId })))
            .Answers<Reply<RoomEntry>>("Comes into a room; into one the caller is in already, without a change.");

        rooms.MapGet(ChatPaths.RoomMessages, (HttpContext http, Guid roomId, long? beforeSeq, long? afterSeq, long? aroundSeq, long? threadSeq, int? limit) =>
                http.Ask(nameof(ChatHub.GetHistory), hub => hub.GetHistory(
                    new GetHistory { RoomId = roomId, BeforeSeq = beforeSeq, AfterSeq = afterSeq, AroundSeq = aroundSeq, ThreadSeq = threadSeq, Limit = limit })))
            .Answers<Reply<History>>("A page of messages, oldest first; the newest without a position.");

        rooms.MapPost(ChatPaths.RoomMessages, (HttpContext http, Guid roomId) =>
                http.Send<PostByHttp, Message>(nameof(ChatHub.SendMessage), (hub, body) =>
                    IdempotencyKey.Of(http, out var id) is { } mistake ? Task.FromResult<Reply<Message>>(mistake) : hub.SendMessage(new SendMessage
                    {
                        RoomId = roomId,
                        ClientMessageId = id,
                        Text = body.Text,
                        ReplyToSeq = body.ReplyToSeq,
                        ThreadSeq = body.ThreadSeq,
                    })))
            .Takes<PostByHttp>().Answers<Reply<Message>>("Posts a message; once for each Idempotency-Key.");

        rooms.MapGet(ChatPaths.RoomMembers, (HttpContext http, Guid roomId, string? search, string? after, int? limit) =>
                http.Ask(nameof(ChatHub.ListMembers), hub => hub.ListMembers(new ListMembers { RoomId = roomId, Search = search, After = after, Limit = limit })))
            .Answers<Reply<MemberPage>>("The members of a room by name, with their presence.");

        rooms.MapGet(ChatPaths.Search, (HttpContext http, string? text, Guid? roomId, Guid? authorId, bool? mentionsMe, string? after, int? limit) =>
                http.Ask(nameof(ChatHub.Search), hub => hub.Search(new SearchMessages
                {
                    Text = text ?? "",
                    RoomId = roomId,
                    AuthorId = authorId,
                    MentionsMe = mentionsMe is true,
                    After = after,
                    Limit = limit,
                })))
            .Answers<Reply<SearchPage>>("Messages that have all the words, newest first.");
    }
}

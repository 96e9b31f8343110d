using Chat.Contracts;
using Microsoft.AspNetCore.SignalR.Client;

namespace Chat.Client.Connecting;

/// <summary>The hub seen from afar: one line a method, so that a method of the contract that is missing here does not compile.</summary>
internal sealed class HubProxy(HubConnection connection, CancellationToken ct) : IChatHub
{
    public Task<Reply<Connected>> Connect(Connect request) => connection.InvokeAsync<Reply<Connected>>(nameof(Connect), request, ct);
    public Task<Reply<RoomPage>> ListRooms(ListRooms request) => connection.InvokeAsync<Reply<RoomPage>>(nameof(ListRooms), request, ct);
    public Task<Reply<RoomEntry>> CreateRoom(CreateRoom request) => connection.InvokeAsync<Reply<RoomEntry>>(nameof(CreateRoom), request, ct);
    public Task<Reply<RoomEntry>> JoinRoom(JoinRoom request) => connection.InvokeAsync<Reply<RoomEntry>>(nameof(JoinRoom), request, ct);
    public Task<Reply> LeaveRoom(LeaveRoom request) => connection.InvokeAsync<Reply>(nameof(LeaveRoom), request, ct);
    public Task<Reply<MemberPage>> ListMembers(ListMembers request) => connection.InvokeAsync<Reply<MemberPage>>(nameof(ListMembers), request, ct);
    public Task<Reply<Message>> SendMessage(SendMessage request) => connection.InvokeAsync<Reply<Message>>(nameof(SendMessage), request, ct);
    public Task<Reply<History>> GetHistory(GetHistory request) => connection.InvokeAsync<Reply<History>>(nameof(GetHistory), request, ct);
    public Task<Reply<RoomSync>> Sync(SyncRoom request) => connection.InvokeAsync<Reply<RoomSync>>(nameof(Sync), request, ct);
    public Task<Reply<ReadMarker>> MarkRead(MarkRead request) => connection.InvokeAsync<Reply<ReadMarker>>(nameof(MarkRead), request, ct);
    public Task<Reply> SendTyping(SendTyping request) => connection.InvokeAsync<Reply>(nameof(SendTyping), request, ct);
    public Task<Reply<UserPresence>> SetPresence(SetPresence request) => connection.InvokeAsync<Reply<UserPresence>>(nameof(SetPresence), request, ct);
    public Task<Reply<Pong>> Ping(Ping request) => connection.InvokeAsync<Reply<Pong>>(nameof(Ping), request, ct);
}

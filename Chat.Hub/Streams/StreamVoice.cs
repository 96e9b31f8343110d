using Chat.Contracts;
using Chat.Hub.Delivery;
using Chat.Hub.Hubs;
using Chat.Hub.Nodes;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Hub.Streams;

/// <summary>Tells the members of a room a piece, on all nodes. Whoever misses it sees the text with the next write.</summary>
internal sealed class StreamVoice(IHubContext<ChatHub, IChatClient> hub, Backplane backplane)
{
    public Task Tell(StreamChunk chunk)
    {
        backplane.SayIn(chunk.RoomId, new StreamTold(chunk));
        return hub.Clients.Group(ChatGroups.Room(chunk.RoomId)).StreamChunked(chunk);
    }
}

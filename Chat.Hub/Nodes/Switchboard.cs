using Chat.Contracts;
using Chat.Hub.Delivery;
using Chat.Hub.Hubs;
using Chat.Hub.Streams;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Hub.Nodes;

/// <summary>Hands what other nodes say to whom it concerns. Called from Redis's connection: nothing here waits.</summary>
internal sealed partial class Switchboard(
    NodeIdentity self, Backplane backplane, Announcer announcer, Gossip gossip, Reach reach, OpenStreams streams, IHubContext<ChatHub, IChatClient> hub, ILogger<Switchboard> logger)
    : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        backplane.Heard = Hear;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Hear(Envelope envelope)
    {
        if (envelope.From == self.Id)
        {
            backplane.Echo();
            return;
        }
        switch (envelope.Body)
        {
            case RecordsTold told:
                announcer.Hear(told.RoomId, told.Records());
                break;
            case MemberCame came:
                announcer.Hear(came.Member.RoomId, [came.Member]);
                break;
            case TypingTold told:
                Send(hub.Clients.Group(ChatGroups.Room(told.Notice.RoomId)).TypingChanged(told.Notice));
                break;
            case ReaderTold told:
                Send(hub.Clients.Group(ChatGroups.Room(told.Reader.RoomId)).ReaderMoved(told.Reader));
                break;
            case MarkerTold told:
                Send(hub.Clients.User(told.Marker.UserId.ToString()).ReadMarkerMoved(told.Marker));
                break;
            case StreamTold told:
                streams.Forget(told.Chunk.RoomId, told.Chunk.Seq);
                Send(hub.Clients.Group(ChatGroups.Room(told.Chunk.RoomId)).StreamChunked(told.Chunk));
                break;
            case OrderGiven given:
                reach.Hear(given.Order);
                break;
            default:
                gossip.Hear(envelope.From, envelope.Body);
                break;
        }
    }

    // What only the moment needs: whoever misses it misses little.
    private void Send(Task sent) => _ = sent.ContinueWith(
        task => LogNotSaid(task.Exception!), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    [LoggerMessage(75, LogLevel.Warning, "Something that another node said was not handed on.")]
    private partial void LogNotSaid(Exception exception);
}

using System.IO.Pipelines;
using BenchmarkDotNet.Attributes;
using Chat.Contracts;
using Chat.Contracts.Wire;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Chat.Bench.Load.Hot;

/// <summary>What SignalR's own group sending costs for 1,000 connections without a network: the part below the transport.</summary>
public class TellingThousand
{
    private const int Connections = 1_000;
    private const string Group = "room";

    private readonly DefaultHubLifetimeManager<Targets.PlainHub> hub = new(NullLogger<DefaultHubLifetimeManager<Targets.PlainHub>>.Instance);
    private readonly object?[] arguments = [Samples.Message(Guid.NewGuid(), 1)];

    [GlobalSetup]
    public async Task Connect()
    {
        var protocol = new JsonHubProtocol(Options.Create(new JsonHubProtocolOptions { PayloadSerializerOptions = ChatJson.Options }));
        for (var i = 0; i < Connections; i++)
        {
            var transport = new DefaultConnectionContext($"{i}") { Transport = new Nowhere() };
            var connection = new HubConnectionContext(transport, new HubConnectionContextOptions(), NullLoggerFactory.Instance) { Protocol = protocol };
            await hub.OnConnectedAsync(connection);
            await hub.AddToGroupAsync($"{i}", Group);
        }
    }

    [Benchmark(OperationsPerInvoke = Connections)]
    public Task Tell() => hub.SendGroupAsync(Group, nameof(IChatClient.MessageChanged), arguments);

    /// <summary>Takes everything and keeps nothing.</summary>
    private sealed class Nowhere : PipeWriter, IDuplexPipe
    {
        private readonly byte[] place = new byte[16 * 1_024];

        public PipeReader Input { get; } = new Pipe().Reader;

        public PipeWriter Output => this;

        public override void Advance(int bytes)
        {
        }

        public override void CancelPendingFlush()
        {
        }

        public override void Complete(Exception? exception = null)
        {
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => default;

        public override Memory<byte> GetMemory(int sizeHint = 0) => place;

        public override Span<byte> GetSpan(int sizeHint = 0) => place;
    }
}

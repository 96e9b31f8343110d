using System.IO.Pipelines;
using Chat.Hub.Operations;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Chat.Hub.Delivery;

/// <summary>
/// Ends connections that fell silent, or that never said who they are. SignalR starts its own time limit only at a
/// client's first keep-alive; one that sends none would hold its seat, and look present, until TCP gives up.
/// </summary>
internal sealed class Liveness(PipeReader inner, ConnectionContext connection, TimeSpan silence, ChatMetrics metrics, TimeProvider clock) : PipeReader
{
    private readonly long began = clock.GetTimestamp();
    private long heard = clock.GetTimestamp();
    private volatile bool isIntroduced;
    private bool isCutOff;

    /// <summary>Whether the connection has said who it is, by Connect.</summary>
    public bool IsIntroduced
    {
        get => isIntroduced;
        set => isIntroduced = value;
    }

    /// <summary>Looks after the connection once a second, as long as it lives.</summary>
    public void Watch()
    {
        connection.Features.Set(this);
        connection.Features.Get<IConnectionHeartbeatFeature>()?.OnHeartbeat(static state => ((Liveness)state).Look(), this);
    }

    /// <summary>The client has said something.</summary>
    public void Hear() => Volatile.Write(ref heard, clock.GetTimestamp());

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) => inner.ReadAsync(cancellationToken);

    public override bool TryRead(out ReadResult result) => inner.TryRead(out result);

    // Noted here and where a call begins, and not where something to read is waited for: that is where a quiet connection
    // spends its life.
    public override void AdvanceTo(SequencePosition consumed)
    {
        Hear();
        inner.AdvanceTo(consumed);
    }

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        Hear();
        inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    private void Look()
    {
        var isSilent = clock.GetElapsedTime(Volatile.Read(ref heard)) > silence;
        var isNobody = !isIntroduced && clock.GetElapsedTime(began) > silence;
        if (!isSilent && !isNobody) return;
        if (!isCutOff) metrics.CutOff("silent");
        isCutOff = true;
        connection.Abort(new ConnectionAbortedException("The client was silent for too long."));
    }
}

using System.IO.Pipelines;
using Chat.Hub.Operations;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Chat.Hub.Delivery;

/// <summary>
/// Makes a reader that stalls hurt only itself: writing to its connection never waits. The transport's pipe holds up to
/// the budget; a flush that would have to wait means that the budget is used up, and the connection is cut off. Without
/// this one stalled reader kept its room waiting for 10 s (measured on SignalR 10).
/// </summary>
internal sealed partial class BudgetedTransport(IDuplexPipe inner, PipeReader input, DirectLine? line, ConnectionContext connection, ChatMetrics metrics, ILogger logger) : IDuplexPipe
{
    public PipeReader Input => input;

    public PipeWriter Output { get; } = OutputOf(new Writer(inner.Output, line, connection, metrics, logger), line, connection);

    private static PipeWriter OutputOf(Writer writer, DirectLine? line, ConnectionContext connection) =>
        line is null ? writer : new DirectOutput(writer, line, connection.Features.Get<ITransferFormatFeature>());

    private sealed partial class Writer(PipeWriter inner, DirectLine? line, ConnectionContext connection, ChatMetrics metrics, ILogger logger) : PipeWriter
    {
        private const int SmallBytes = 1024;

        private bool cutOff;

        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => inner.UnflushedBytes;

        public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

        public override void Advance(int bytes)
        {
            line?.Wrote(bytes);
            inner.Advance(bytes);
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
            cutOff ? Done : Flushed(inner.FlushAsync(cancellationToken));

        // The pipe's own is one copy under one lock, and cuts at the end of its segments, of 4 KB mostly: each piece would be a
        // frame and a send of its own. What is large goes into one piece.
        public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
        {
            if (cutOff) return Done;
            line?.Wrote(source.Length);
            if (source.Length < SmallBytes) return Flushed(inner.WriteAsync(source, cancellationToken));
            source.CopyTo(inner.GetMemory(source.Length));
            inner.Advance(source.Length);
            return Flushed(inner.FlushAsync(cancellationToken));
        }

        private ValueTask<FlushResult> Flushed(ValueTask<FlushResult> flush)
        {
            if (flush.IsCompleted) return flush;

            cutOff = true;
            metrics.CutOff("too_slow");
            LogCutOff(logger, connection.ConnectionId);
            connection.Abort(new ConnectionAbortedException("The client reads too slowly."));
            // Observed, because the pipe fails it when the transport ends; nobody waits for it.
            _ = flush.AsTask().ContinueWith(static task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            return Done;
        }

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        private static ValueTask<FlushResult> Done => new(new FlushResult(isCanceled: false, isCompleted: true));

        [LoggerMessage(11, LogLevel.Information, "Connection {ConnectionId} was cut off: it reads too slowly.")]
        private static partial void LogCutOff(ILogger logger, string connectionId);
    }
}

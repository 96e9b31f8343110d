namespace Chat.Samples.Desktop.Gtk;

/// <summary>GTK's thread, as .NET likes to have it: what is awaited there goes on there, and the client's views change there.</summary>
internal sealed class GtkContext : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) => Handler.Soon(() => d(state));

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nobody waits for the window.");

    public override SynchronizationContext CreateCopy() => this;
}

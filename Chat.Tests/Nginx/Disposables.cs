namespace Chat.Tests.Nginx;

/// <summary>Many that end together.</summary>
internal sealed class Disposables(IEnumerable<IAsyncDisposable> all) : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await Task.WhenAll(all.Select(one => one.DisposeAsync().AsTask()));
}

namespace Chat.Hub.Operations;

/// <summary>
/// What the host's own lifetime (console, systemd …) gets instead of the application's: a signal to stop drains first.
/// SignalR closes all connections as soon as the application begins to stop, so that it must begin afterwards.
/// </summary>
internal sealed partial class DrainingLifetime(IHostApplicationLifetime application, Drain drain, ILogger<DrainingLifetime> logger) : IHostApplicationLifetime, IDisposable
{
    private readonly CancellationTokenSource hurry = new();
    private int signals;

    public CancellationToken ApplicationStarted => application.ApplicationStarted;

    public CancellationToken ApplicationStopping => application.ApplicationStopping;

    public CancellationToken ApplicationStopped => application.ApplicationStopped;

    public void StopApplication()
    {
        if (Interlocked.Increment(ref signals) > 1) hurry.Cancel();
        else _ = DrainAndStop();
    }

    public void Dispose() => hurry.Dispose();

    /// <summary>Puts it before the lifetime that the application has now; one that is added later stops without draining.</summary>
    public static void Wrap(IServiceCollection services)
    {
        services.AddSingleton<DrainingLifetime>();
        if (services.LastOrDefault(service => service.ServiceType == typeof(IHostLifetime)) is not { ImplementationType: { } type } lifetime) return;
        services.Remove(lifetime);
        services.AddSingleton(provider => (IHostLifetime)ActivatorUtilities.CreateInstance(provider, type, provider.GetRequiredService<DrainingLifetime>()));
    }

    private async Task DrainAndStop()
    {
        try
        {
            await drain.Run(hurry.Token);
        }
        catch (Exception e)
        {
            LogFailed(e);
        }
        application.StopApplication();
    }

    [LoggerMessage(82, LogLevel.Error, "The node stops without having been drained.")]
    private partial void LogFailed(Exception exception);
}

using System.Net.NetworkInformation;
using Microsoft.Extensions.Logging;

namespace Chat.Client.Connecting;

/// <summary>What the machine says about its network. Only a hint: it says nothing of the way to the server.</summary>
internal class NetworkNews
{
    /// <summary>The machine's own.</summary>
    public static NetworkNews OfMachine { get; } = new();

    /// <param name="changed">Called at each change, perhaps many times in a row; must not throw.</param>
    /// <param name="logger">Told where the platform has no such news.</param>
    /// <returns>Ends it; null where there is none.</returns>
    public virtual IDisposable? Subscribe(Action changed, ILogger logger)
    {
        try
        {
            return new Subscription(changed);
        }
        catch (Exception e) when (e is PlatformNotSupportedException or NotImplementedException or NetworkInformationException)
        {
            logger.NoNetworkNews(e);
            return null;
        }
    }

    private sealed class Subscription : IDisposable
    {
        private readonly Action changed;

        public Subscription(Action changed)
        {
            this.changed = changed;
            NetworkChange.NetworkAddressChanged += AddressChanged;
            NetworkChange.NetworkAvailabilityChanged += AvailabilityChanged;
        }

        public void Dispose()
        {
            NetworkChange.NetworkAddressChanged -= AddressChanged;
            NetworkChange.NetworkAvailabilityChanged -= AvailabilityChanged;
        }

        private void AddressChanged(object? sender, EventArgs e) => changed();

        private void AvailabilityChanged(object? sender, NetworkAvailabilityEventArgs e) => changed();
    }
}

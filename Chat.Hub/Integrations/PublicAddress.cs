using System.Net;
using System.Net.Sockets;

namespace Chat.Hub.Integrations;

/// <summary>
/// Which addresses belong to the internet: not those of private networks, of the machine itself, of links, groups, tests
/// and clouds' metadata. https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry
/// </summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] Special4 =
    [
        .. from network in (string[])
           [
               "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
               "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
               // What Azure's machines ask for their metadata.
               "168.63.129.16/32",
           ]
           select IPNetwork.Parse(network),
    ];

    // All of the internet is in 2000::/3; these are parts of it that are not, or that hold another address.
    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] Special6 =
        [.. from network in (string[])["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"] select IPNetwork.Parse(network)];
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    public static bool Is(IPAddress address)
    {
        if (address.AddressFamily is AddressFamily.InterNetwork) return !Special4.Any(network => network.Contains(address));
        if (address.AddressFamily is not AddressFamily.InterNetworkV6) return false;
        if (address.IsIPv4MappedToIPv6) return Is(address.MapToIPv4());
        // NAT64: the last four bytes are where it goes.
        if (Translated.Contains(address)) return Is(new IPAddress(address.GetAddressBytes().AsSpan(12)));
        return Global6.Contains(address) && !Special6.Any(network => network.Contains(address));
    }
}

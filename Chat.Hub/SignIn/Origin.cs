using System.Net;

namespace Chat.Hub.SignIn;

/// <summary>What asks, and from where, as lists of devices show it.</summary>
internal readonly record struct Origin(string Client, string Address)
{
    private const int LongestClient = 200;

    /// <summary>Until the client says what it is, what its HTTP says.</summary>
    public static Origin Of(HttpContext http)
    {
        var agent = string.Concat(http.Request.Headers.UserAgent.ToString().Where(c => c is >= ' ' and <= '~'));
        return new Origin(agent[..Math.Min(agent.Length, LongestClient)], Text(http.Connection.RemoteIpAddress));
    }

    /// <summary>An address as people write it.</summary>
    public static string Text(IPAddress? address) =>
        address is null ? "" : (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
}

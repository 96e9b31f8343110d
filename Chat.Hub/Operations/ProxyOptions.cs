using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Chat.Hub.Operations;

/// <summary>What stands before the nodes: setting <c>Chat:Proxies</c>.</summary>
public sealed class ProxyOptions : IValidatableObject
{
    /// <summary>
    /// Addresses ("10.0.0.7") and networks ("10.0.0.0/24") of proxies, with commas between. Their X-Forwarded-For and
    /// X-Forwarded-Proto are believed, nobody else's. Empty: nobody's.
    /// </summary>
    public string Proxies { get; set; } = "";

    internal IEnumerable<string> Listed => Proxies.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Listed
        .Where(proxy => !IPAddress.TryParse(proxy, out _) && !IPNetwork.TryParse(proxy, out _))
        .Select(proxy => new ValidationResult($"\"{proxy}\" is neither an address (10.0.0.7) nor a network (10.0.0.0/24).", [nameof(Proxies)]));
}

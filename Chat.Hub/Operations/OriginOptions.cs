using System.ComponentModel.DataAnnotations;

namespace Chat.Hub.Operations;

/// <summary>Whose pages may talk to this server from the browser: setting <c>Chat:AllowedOrigins</c>.</summary>
public sealed class OriginOptions : IValidatableObject
{
    /// <summary>
    /// Origins of other sites ("https://app.example.org"), with commas between. Empty: only pages that this server gives out,
    /// and in an application that Chat is part of, whatever its own CORS policy says.
    /// </summary>
    public string AllowedOrigins { get; set; } = "";

    internal string[] Listed => AllowedOrigins.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Listed
        .Where(origin => !Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.GetLeftPart(UriPartial.Authority) != origin)
        .Select(origin => new ValidationResult($"\"{origin}\" is not an origin: scheme, host and port only (https://app.example.org).", [nameof(AllowedOrigins)]));
}

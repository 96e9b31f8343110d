using System.ComponentModel.DataAnnotations;

namespace Chat.Hub.Attachments;

/// <summary>A bucket of S3, or of what speaks like it, in place of the folder: section <c>Chat:Attachments:S3</c>.</summary>
public sealed class S3Options : IValidatableObject
{
    /// <summary>The bucket, which must be there; null to keep files in the folder.</summary>
    public string? Bucket { get; set; }

    /// <summary>Where it is, such as "https://s3.eu-central-1.amazonaws.com" or "http://minio:9000".</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Its region, as it stands in signatures.</summary>
    [Required]
    public string Region { get; set; } = "us-east-1";

    /// <summary>The access key's id.</summary>
    public string Key { get; set; } = "";

    /// <summary>The access key's secret.</summary>
    public string Secret { get; set; } = "";

    /// <summary>Whether the bucket is the first part of the path, as most servers beside Amazon's want it, and not of the host's name.</summary>
    public bool PathStyle { get; set; } = true;

    /// <summary>What the names of the objects begin with, such as "chat/".</summary>
    [RegularExpression("[A-Za-z0-9/_-]*", ErrorMessage = "Letters, digits, '/', '_' and '-' only.")]
    public string Prefix { get; set; } = "";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Bucket is null) yield break;
        if (Endpoint is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
            yield return new ValidationResult("must be an address with http or https.", [nameof(Endpoint)]);
        if (Key.Length is 0 || Secret.Length is 0)
            yield return new ValidationResult("Key and Secret are needed with a bucket.", [nameof(Key), nameof(Secret)]);
    }
}

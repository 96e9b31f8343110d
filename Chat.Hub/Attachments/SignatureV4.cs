using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Chat.Hub.Attachments;

/// <summary>
/// Amazon's signature, version 4, in a header:
/// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
/// </summary>
internal sealed class SignatureV4(string key, string secret, string region)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Dates and signs a request, whose body has this hash (SHA-256).</summary>
    public void Sign(HttpRequestMessage request, byte[] bodyHash, DateTimeOffset now)
    {
        request.Headers.Host ??= request.RequestUri!.Authority;
        request.Headers.Add("x-amz-date", now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
        request.Headers.Add("x-amz-content-sha256", Convert.ToHexStringLower(bodyHash));
        request.Headers.TryAddWithoutValidation("Authorization", AuthorizationOf(request, now));
    }

    private string AuthorizationOf(HttpRequestMessage request, DateTimeOffset now)
    {
        var day = now.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var scope = $"{day}/{region}/s3/aws4_request";
        var headers = request.Headers.NonValidated
            .Select(header => (Name: header.Key.ToLowerInvariant(), Value: string.Join(',', header.Value.Select(value => value.Trim()))))
            .Where(header => header.Name is not "authorization")
            .OrderBy(header => header.Name, StringComparer.Ordinal).ToList();
        var names = string.Join(';', headers.Select(header => header.Name));
        var canonical = string.Join('\n',
        [
            request.Method.Method, request.RequestUri!.AbsolutePath, QueryOf(request.RequestUri),
            .. headers.Select(header => $"{header.Name}:{header.Value}"), "", names, headers.First(header => header.Name is "x-amz-content-sha256").Value,
        ]);
        var toSign = string.Join('\n',
            Algorithm, headers.First(header => header.Name is "x-amz-date").Value, scope, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        var signature = Convert.ToHexStringLower(Hash(KeyOf(day), toSign));
        return $"{Algorithm} Credential={key}/{scope},SignedHeaders={names},Signature={signature}";
    }

    private byte[] KeyOf(string day) => Hash(Hash(Hash(Hash(Encoding.UTF8.GetBytes("AWS4" + secret), day), region), "s3"), "aws4_request");

    private static string QueryOf(Uri uri) => string.Join('&', uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Contains('=') ? pair : pair + "=").Order(StringComparer.Ordinal));

    private static byte[] Hash(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}

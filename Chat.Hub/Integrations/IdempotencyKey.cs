using System.Security.Cryptography;
using System.Text;
using Chat.Contracts;
using Chat.Hub.Rooms;

namespace Chat.Hub.Integrations;

/// <summary>The header by which a repeat is known: any text, which becomes the id of the message.</summary>
internal static class IdempotencyKey
{
    private const string Header = "Idempotency-Key";
    private const int Longest = 200;

    /// <summary>What is wrong with the key of a request; null for nothing. Without a key each request is one of its own.</summary>
    public static Error? Of(HttpContext http, out Guid id)
    {
        id = Guid.CreateVersion7();
        if (http.Request.Headers[Header] is not [{ } key]) return null;
        id = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16), bigEndian: true);
        return key.Length is 0 or > Longest ? Refusal.Invalid(Header, $"1 to {Longest} characters.") : null;
    }
}

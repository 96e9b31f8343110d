using System.Text;
using Chat.Contracts;
using Chat.Hub.Rooms;

namespace Chat.Hub.SignIn;

/// <summary>What a session may hold, and how it is asked for.</summary>
internal static class SessionRules
{
    private const int MostListed = 100;
    private const int MostEntries = 50;
    private const int MostBytes = 4 * 1024;
    private const int LongestKey = 100;

    public static Error? Check(ListSessions request) =>
        request.Limit is < 1 or > MostListed ? Refusal.Invalid("limit", $"from 1 to {MostListed}.") : null;

    public static Error? Check(GetSessionData request) =>
        request.Keys.Count > MostEntries ? Refusal.Invalid("keys", $"at most {MostEntries}.") : null;

    public static Error? Check(SetSessionData request) =>
        request.Entries.Count > MostEntries ? Refusal.Invalid("entries", $"at most {MostEntries} at once.")
        : request.Entries.Any(entry => entry.Key.Length is 0 or > LongestKey) ? Refusal.Invalid("entries.key", $"1 to {LongestKey} characters.")
        : request.Entries.Any(entry => IsTorn(entry.Key) || IsTorn(entry.Value)) ? Refusal.Invalid("entries", "half a character.")
        : request.Entries.DistinctBy(entry => entry.Key, StringComparer.Ordinal).Count() < request.Entries.Count ? Refusal.Invalid("entries.key", "each once.")
        : null;

    public static SessionData Only(SessionData data, IReadOnlyList<string> keys) =>
        keys.Count is 0 ? data : new SessionData { Entries = [.. data.Entries.Where(entry => keys.Contains(entry.Key))] };

    public static Reply<SessionData> Change(SessionData data, SetSessionData request)
    {
        var entries = data.Entries.ToDictionary(entry => entry.Key, StringComparer.Ordinal);
        foreach (var entry in request.Entries)
        {
            if (entry.Value.Length is 0) entries.Remove(entry.Key);
            else entries[entry.Key] = entry;
        }
        if (entries.Count > MostEntries) return Refusal.Of(ErrorCode.TooLarge, $"At most {MostEntries} entries a session.");
        return entries.Values.Sum(entry => Encoding.UTF8.GetByteCount(entry.Key) + Encoding.UTF8.GetByteCount(entry.Value)) > MostBytes
            ? Refusal.Of(ErrorCode.TooLarge, $"At most {MostBytes:N0} bytes of UTF-8 a session.")
            : new SessionData { Entries = [.. entries.Values.OrderBy(entry => entry.Key, StringComparer.Ordinal)] };
    }

    // The store could not give it back as it was.
    private static bool IsTorn(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return true;
            i++;
        }
        return false;
    }
}

using System.Text;
using Chat.Contracts;

namespace Chat.Hub.Storage;

/// <summary>How much one answer holds. Above it a client would be cut off as a slow reader by its own request.</summary>
internal static class PageLimits
{
    public const int DefaultMessages = 50;
    public const int MostMessages = 200;
    public const int DefaultRooms = 50;
    public const int MostRooms = 100;
    public const int DefaultMembers = 100;
    public const int MostMembers = 200;

    /// <summary>Records that one sync tells; more is a reset.</summary>
    public const int SyncRecords = 500;

    /// <summary>Bytes of text in one page or sync.</summary>
    public const int TextBytes = 256 * 1024;

    /// <summary>Bytes of text and records in all syncs of one answer to Connect; the rest is asked for room by room.</summary>
    public const int ResumeTextBytes = 2 * TextBytes;
    public const int ResumeRecords = 2_000;

    /// <summary>Unread messages are counted up to here.</summary>
    public const int MostUnread = 1_000;

    public static int TextOf(IEnumerable<Message> messages) => messages.Sum(m => Encoding.UTF8.GetByteCount(m.Text));

    /// <summary>The first of the messages that fit into a page; at least one.</summary>
    public static List<Message> Fitting(IEnumerable<Message> messages)
    {
        var page = new List<Message>();
        var bytes = 0;
        foreach (var message in messages)
        {
            bytes += Encoding.UTF8.GetByteCount(message.Text);
            if (bytes > TextBytes && page.Count > 0) break;
            page.Add(message);
        }
        return page;
    }
}

using System.Text.Json;
using Chat.Contracts;
using Chat.Contracts.Wire;

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
    public const int DefaultAudit = 50;
    public const int MostAudit = 200;
    public const int DefaultHits = 20;
    public const int MostHits = 50;
    public const int LongestSearch = 200;

    /// <summary>Rooms with more members do not tell who has read what.</summary>
    public const int MostReaders = 50;

    /// <summary>Records that one sync tells; more is a reset.</summary>
    public const int SyncRecords = 500;

    /// <summary>Bytes of one page of messages, as JSON writes them.</summary>
    public const int PageBytes = 256 * 1024;

    /// <summary>Bytes of one sync, as JSON writes it; more is a reset.</summary>
    public const int SyncBytes = 700 * 1024;

    /// <summary>Bytes of one answer to Connect: what it cannot hold is asked for room by room.</summary>
    public const int ResumeBytes = 900 * 1024;

    /// <summary>Rooms that one user can be in: so many fit into an answer to Connect.</summary>
    public const int RoomsOfUser = 250;

    /// <summary>Direct rooms that one user can be in, beside them.</summary>
    public const int DirectRoomsOfUser = 220;

    // Names of fields, ids and moments of one record in JSON, with names of people and rooms at their longest.
    private const int MessageBytes = 1_100;
    private const int MemberBytes = 1_300;
    private const int MyRoomBytes = 2_250;
    private const int MyDirectRoomBytes = 1_500;
    private const int EmojiBytes = 150;
    private const int IdBytes = 40;
    private const int MentionBytes = 320;
    private const int AttachmentBytes = 1_800;

    /// <summary>Unread messages are counted up to here.</summary>
    public const int MostUnread = 1_000;

    /// <summary>So many messages after the marker are looked at for it: who posted a million of them would wait half a second at each Connect.</summary>
    public const int MostLookedAt = 10_000;

    /// <summary>At most how many bytes of JSON it takes, escapes counted: MessagePack takes less.</summary>
    public static int BytesOf(Message message) =>
        MessageBytes + JsonEncodedText.Encode(message.Text, ChatJson.Options.Encoder).EncodedUtf8Bytes.Length
        + message.Reactions.Sum(reaction => EmojiBytes + (reaction.UserIds.Count * IdBytes))
        + (message.Mentions.Count * MentionBytes) + (message.Attachments.Count * AttachmentBytes);

    public static int BytesOf(RoomSync sync) => MyRoomBytes + (sync.Members.Count * MemberBytes) + sync.Messages.Sum(BytesOf);

    public static int BytesOf(IReadOnlyCollection<MyRoom> rooms) =>
        rooms.Sum(mine => mine.Room.Kind is Chat.Contracts.RoomKind.Direct ? MyDirectRoomBytes : MyRoomBytes);

    /// <summary>The latest of the texts that fit, in their order; at least one.</summary>
    public static IReadOnlyList<EditedText> FittingTexts(IReadOnlyList<EditedText> texts)
    {
        var bytes = 0;
        var fitting = texts.Reverse().TakeWhile((text, i) => (bytes += MessageBytes + (6 * text.Text.Length)) <= PageBytes || i is 0).Count();
        return [.. texts.Skip(texts.Count - fitting)];
    }

    /// <summary>The first of the messages that fit; at least one.</summary>
    public static List<Message> Fitting(IEnumerable<Message> messages, int most = PageBytes)
    {
        var page = new List<Message>();
        var bytes = 0;
        foreach (var message in messages)
        {
            bytes += BytesOf(message);
            if (bytes > most && page.Count > 0) break;
            page.Add(message);
        }
        return page;
    }
}

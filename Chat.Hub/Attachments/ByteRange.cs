using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace Chat.Hub.Attachments;

/// <summary>Which bytes of a file a request wants: RFC 9110, section 14.</summary>
/// <param name="From">The first.</param>
/// <param name="Length">How many.</param>
/// <param name="IsPart">Whether it is told as a part (206).</param>
internal readonly record struct ByteRange(long From, long Length, bool IsPart)
{
    /// <summary>The range asked for, or all; null where the file has nothing of it (416).</summary>
    public static ByteRange? Of(RequestHeaders headers, long size, EntityTagHeaderValue tag)
    {
        var all = new ByteRange(0, size, false);
        // Several ranges may be answered by all; nobody who plays or resumes asks for several.
        if (headers.Range is not { Unit.Value: "bytes", Ranges: { Count: 1 } ranges } || !IsStillMeant(headers.IfRange, tag)) return all;
        var (from, to) = ranges.First() switch
        {
            { From: { } first, To: var last } => (first, Math.Min(last ?? long.MaxValue, size - 1)),
            { To: { } tail } => (Math.Max(0, size - tail), tail is 0 ? -1 : size - 1),
            _ => (0, size - 1),
        };
        return from < size && from <= to ? new ByteRange(from, to - from + 1, true) : null;
    }

    private static bool IsStillMeant(RangeConditionHeaderValue? condition, EntityTagHeaderValue tag) =>
        condition is null || condition.EntityTag?.Compare(tag, useStrongComparison: true) is true;
}

using System.Net;

namespace Chat.Bench.Load.Clients;

/// <summary>How one client comes in.</summary>
/// <param name="Server">Where.</param>
/// <param name="Path">What it asks to upgrade, with its query.</param>
/// <param name="Dialect">How it speaks.</param>
/// <param name="Steps">What it says then, one after the other.</param>
internal sealed record Seat(IPEndPoint Server, string Path, Dialect Dialect, IReadOnlyList<Step> Steps)
{
    /// <summary>Whether deliveries are looked for in the answers already: it resumes.</summary>
    public bool Resumes { get; init; }

    /// <summary>It goes as soon as it is in, and what it is told does not count.</summary>
    public bool IsPassing { get; init; }

    /// <summary>It reads this many bytes at most into the kernel's buffer; null for what the kernel likes.</summary>
    public int? ReceiveBuffer { get; init; }
}

/// <summary>Something that is said, and by what the answer to it is known.</summary>
internal sealed record Step(byte[] Payload, byte[] Awaited);

/// <summary>What a client listens to: the first of its senders, and how many there are.</summary>
internal readonly record struct Hearing(int FirstSender, int Senders);

using Chat.Contracts;
using Chat.Hub.Operations;
using Chat.Hub.Rooms;
using Chat.Hub.Storage;
using Microsoft.AspNetCore.Identity;

namespace Chat.Hub.SignIn;

/// <summary>Guests and accounts: makes them and recognises them.</summary>
internal sealed class Accounts(IRoomStore store, Sessions sessions, ChatClock clock)
{
    private const int ShortestPassword = 8;
    private const int LongestPassword = 256;
    private const int TriedSuffixes = 50;

    private readonly PasswordHasher<User> hasher = new();
    private readonly User nobody = NewUser("nobody", UserKind.Account, clock.Now);
    private string? nobodysHash;

    /// <summary>A new guest. A taken name gets the first free suffix.</summary>
    public async Task<Reply<SignedIn>> AddGuest(string name, Origin from, CancellationToken cancellation)
    {
        name = name.Trim();
        if (Names.CheckUser(name) is { } mistake) return mistake;
        return await AddUnderFreeName(name, UserKind.Guest, null, cancellation) is { } guest
            ? await sessions.Begin(guest, from, cancellation)
            : TakenManyTimes;
    }

    /// <summary>Somebody whom the embedding product has signed in: the same user each time, made at the first.</summary>
    public async Task<Reply<SignedIn>> Recognise(string issuer, string subject, string? name, Origin from, CancellationToken cancellation)
    {
        var externalId = $"{issuer}|{subject}";
        if (await store.FindExternal(externalId, cancellation) is { } known) return await sessions.Begin(known, from, cancellation);
        // The product's names are its own; one that does not do here is no reason to keep its owner out.
        name = Shortened(name?.Trim() ?? "", 0);
        if (Names.CheckUser(name) is not null) name = "User";
        return await AddUnderFreeName(name, UserKind.External, externalId, cancellation) is { } added
            ? await sessions.Begin(added, from, cancellation)
            : TakenManyTimes;
    }

    public async Task<Reply<SignedIn>> AddAccount(CreateAccount request, Origin from, CancellationToken cancellation)
    {
        if (Names.CheckUser(request.Name) is { } mistake) return mistake;
        if (request.Password.Length is < ShortestPassword or > LongestPassword)
            return Refusal.Invalid("password", $"{ShortestPassword} to {LongestPassword} characters.");

        var account = NewUser(request.Name, UserKind.Account, clock.Now);
        return await store.AddUser(account, hasher.HashPassword(account, request.Password), null, cancellation) is { } added
            ? await sessions.Begin(added, from, cancellation)
            : Refusal.Of(ErrorCode.NameTaken, $"The name \"{request.Name}\" is taken.");
    }

    public async Task<Reply<SignedIn>> SignIn(AccountSignIn request, Origin from, CancellationToken cancellation)
    {
        var found = request.Password.Length > LongestPassword ? null : await store.FindAccount(request.Name, cancellation);
        // A name that does not exist takes as long as a wrong password, so that names cannot be found out by the clock.
        var user = found?.User ?? nobody;
        var verified = hasher.VerifyHashedPassword(user, found?.PasswordHash ?? (nobodysHash ??= hasher.HashPassword(nobody, "nobody")), request.Password);
        return found is not null && verified is not PasswordVerificationResult.Failed
            ? await sessions.Begin(user, from, cancellation)
            : Refusal.Of(ErrorCode.WrongPassword, "Name and password do not go together.");
    }

    private static Error TakenManyTimes => Refusal.Of(ErrorCode.NameTaken, "This name is taken many times over. Choose another.");

    private async Task<User?> AddUnderFreeName(string name, UserKind kind, string? externalId, CancellationToken cancellation)
    {
        for (var suffix = 1; suffix <= TriedSuffixes; suffix++)
        {
            var tail = suffix is 1 ? "" : $" {(suffix <= TriedSuffixes / 2 ? suffix : Random.Shared.Next(100, 100_000))}";
            var user = NewUser(Shortened(name, tail.Length) + tail, kind, clock.Now);
            if (await store.AddUser(user, null, externalId, cancellation) is { } added) return added;
            // Another device of the same person may have been first.
            if (externalId is not null && await store.FindExternal(externalId, cancellation) is { } known) return known;
        }
        return null;
    }

    private static User NewUser(string name, UserKind kind, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Name = name,
        Kind = kind,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds()),
    };

    private static string Shortened(string name, int tail)
    {
        var length = Math.Min(name.Length, Names.LongestUser - tail);
        if (length < name.Length && char.IsHighSurrogate(name[length - 1])) length--;
        return name[..length].TrimEnd();
    }
}

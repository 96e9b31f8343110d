using Chat.Contracts;
using Chat.Hub.Rooms;
using Chat.Hub.Storage;
using Microsoft.AspNetCore.Identity;

namespace Chat.Hub.SignIn;

/// <summary>Guests and accounts: makes them and recognises them.</summary>
internal sealed class Accounts(IRoomStore store, TokenIssuer tokens, TimeProvider clock)
{
    private const int ShortestPassword = 8;
    private const int LongestPassword = 256;
    private const int TriedSuffixes = 50;

    private readonly PasswordHasher<User> hasher = new();
    private readonly User nobody = NewUser("nobody", UserKind.Account, clock.GetUtcNow());
    private string? nobodysHash;

    /// <summary>A new guest. A taken name gets the first free suffix.</summary>
    public async Task<Reply<SignedIn>> AddGuest(string name, CancellationToken cancellation)
    {
        name = name.Trim();
        if (Names.CheckUser(name) is { } mistake) return mistake;
        for (var suffix = 1; suffix <= TriedSuffixes; suffix++)
        {
            var tail = suffix is 1 ? "" : $" {(suffix <= TriedSuffixes / 2 ? suffix : Random.Shared.Next(100, 100_000))}";
            var guest = NewUser(Shortened(name, tail.Length) + tail, UserKind.Guest, clock.GetUtcNow());
            if (await store.AddUser(guest, null, cancellation) is { } added) return tokens.Issue(added);
        }
        return Refusal.Of(ErrorCode.NameTaken, "This name is taken many times over. Choose another.");
    }

    public async Task<Reply<SignedIn>> AddAccount(CreateAccount request, CancellationToken cancellation)
    {
        if (Names.CheckUser(request.Name) is { } mistake) return mistake;
        if (request.Password.Length is < ShortestPassword or > LongestPassword)
            return Refusal.Invalid("password", $"{ShortestPassword} to {LongestPassword} characters.");

        var account = NewUser(request.Name, UserKind.Account, clock.GetUtcNow());
        return await store.AddUser(account, hasher.HashPassword(account, request.Password), cancellation) is { } added
            ? tokens.Issue(added)
            : Refusal.Of(ErrorCode.NameTaken, $"The name \"{request.Name}\" is taken.");
    }

    public async Task<Reply<SignedIn>> SignIn(AccountSignIn request, CancellationToken cancellation)
    {
        var found = request.Password.Length > LongestPassword ? null : await store.FindAccount(request.Name, cancellation);
        // A name that does not exist takes as long as a wrong password, so that names cannot be found out by the clock.
        var user = found?.User ?? nobody;
        var verified = hasher.VerifyHashedPassword(user, found?.PasswordHash ?? (nobodysHash ??= hasher.HashPassword(nobody, "nobody")), request.Password);
        return found is not null && verified is not PasswordVerificationResult.Failed
            ? tokens.Issue(user)
            : Refusal.Of(ErrorCode.WrongPassword, "Name and password do not go together.");
    }

    public async Task<Reply<SignedIn>> Renew(Guid userId, CancellationToken cancellation) =>
        await store.FindUser(userId, cancellation) is { } user
            ? tokens.Issue(user)
            : Refusal.Of(ErrorCode.Unauthenticated, "This user is not known here any more. Sign in again.");

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

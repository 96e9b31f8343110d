namespace Chat.Bench.Crashes;

/// <summary>What a run does.</summary>
/// <param name="Kills">How often the program that writes is killed.</param>
/// <param name="Seed">Of the moments of the kills.</param>
/// <param name="IsForgetful">Keeps the outbox in memory only, which the run must find.</param>
internal sealed record CrashPlan(int Kills, int Seed, bool IsForgetful = false);

using System.Security.Cryptography;

namespace System;

internal static class Values
{
    private static readonly Random Chance = new SharedRandom();

    extension(Enum)
    {
        public static T[] GetValues<T>() where T : struct, Enum => (T[])Enum.GetValues(typeof(T));
    }

    extension(Delegate)
    {
        public static IEnumerable<T> EnumerateInvocationList<T>(T? handlers) where T : Delegate =>
            handlers?.GetInvocationList().Cast<T>() ?? [];
    }

    extension(Random)
    {
        public static Random Shared => Chance;
    }

    extension(Guid)
    {
        public static Guid CreateVersion7() => Guid.CreateVersion7(DateTimeOffset.UtcNow);

        /// <summary>RFC 9562: 48 bits of time in milliseconds, the version, and chance.</summary>
        public static Guid CreateVersion7(DateTimeOffset time)
        {
            Span<byte> bytes = stackalloc byte[16];
            RandomNumberGenerator.Fill(bytes);
            var ms = time.ToUnixTimeMilliseconds();
            for (var i = 0; i < 6; i++) bytes[i] = (byte)(ms >> (40 - 8 * i));
            bytes[6] = (byte)(bytes[6] & 0x0F | 0x70);
            bytes[8] = (byte)(bytes[8] & 0x3F | 0x80);
            // A Guid is made of its first three parts in the machine's order.
            return new Guid(
                bytes[0] << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3], (short)(bytes[4] << 8 | bytes[5]), (short)(bytes[6] << 8 | bytes[7]),
                bytes[8], bytes[9], bytes[10], bytes[11], bytes[12], bytes[13], bytes[14], bytes[15]);
        }
    }

    /// <summary>Chance for all threads.</summary>
    private sealed class SharedRandom : Random
    {
        [ThreadStatic]
        private static Random? own;

        private static Random Own => own ??= new Random(RandomNumberGenerator.GetInt32(int.MaxValue));

        public override int Next() => Own.Next();

        public override int Next(int maxValue) => Own.Next(maxValue);

        public override int Next(int minValue, int maxValue) => Own.Next(minValue, maxValue);

        public override double NextDouble() => Own.NextDouble();

        public override void NextBytes(byte[] buffer) => Own.NextBytes(buffer);

        public override void NextBytes(Span<byte> buffer) => Own.NextBytes(buffer);

        protected override double Sample() => Own.NextDouble();
    }
}

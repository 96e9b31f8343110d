using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace System;

internal static class Guards
{
    extension(ArgumentNullException)
    {
        public static void ThrowIfNull([NotNull] object? argument, [CallerArgumentExpression(nameof(argument))] string? name = null)
        {
            if (argument is null) throw new ArgumentNullException(name);
        }
    }

    extension(ArgumentException)
    {
        public static void ThrowIfNullOrEmpty([NotNull] string? argument, [CallerArgumentExpression(nameof(argument))] string? name = null)
        {
            if (string.IsNullOrEmpty(argument)) throw new ArgumentException("Must not be empty.", name);
        }

        public static void ThrowIfNullOrWhiteSpace([NotNull] string? argument, [CallerArgumentExpression(nameof(argument))] string? name = null)
        {
            if (string.IsNullOrWhiteSpace(argument)) throw new ArgumentException("Must not be empty.", name);
        }
    }

    extension(ArgumentOutOfRangeException)
    {
        public static void ThrowIfNegative<T>(T value, [CallerArgumentExpression(nameof(value))] string? name = null) where T : struct, IComparable<T> =>
            ThrowUnless(value.CompareTo(default) >= 0, value, name);

        public static void ThrowIfNegativeOrZero<T>(T value, [CallerArgumentExpression(nameof(value))] string? name = null) where T : struct, IComparable<T> =>
            ThrowUnless(value.CompareTo(default) > 0, value, name);

        public static void ThrowIfLessThan<T>(T value, T least, [CallerArgumentExpression(nameof(value))] string? name = null) where T : IComparable<T> =>
            ThrowUnless(value.CompareTo(least) >= 0, value, name);

        public static void ThrowIfGreaterThan<T>(T value, T most, [CallerArgumentExpression(nameof(value))] string? name = null) where T : IComparable<T> =>
            ThrowUnless(value.CompareTo(most) <= 0, value, name);
    }

    extension(ObjectDisposedException)
    {
        public static void ThrowIf([DoesNotReturnIf(true)] bool isDisposed, object instance) => ObjectDisposedException.ThrowIf(isDisposed, instance.GetType());

        public static void ThrowIf([DoesNotReturnIf(true)] bool isDisposed, Type type)
        {
            if (isDisposed) throw new ObjectDisposedException(type.FullName);
        }
    }

    private static void ThrowUnless<T>(bool isFine, T value, string? name)
    {
        if (!isFine) throw new ArgumentOutOfRangeException(name, value, "Out of range.");
    }
}

namespace System.Collections.Frozen;

/// <summary>A dictionary that nobody changes.</summary>
internal sealed class FrozenDictionary<TKey, TValue>(IEqualityComparer<TKey>? comparer) : Dictionary<TKey, TValue>(comparer) where TKey : notnull;

internal static class FrozenDictionary
{
    extension<TSource>(IEnumerable<TSource> source)
    {
        public FrozenDictionary<TKey, TValue> ToFrozenDictionary<TKey, TValue>(
            Func<TSource, TKey> key, Func<TSource, TValue> value, IEqualityComparer<TKey>? comparer = null) where TKey : notnull
        {
            var made = new FrozenDictionary<TKey, TValue>(comparer);
            foreach (var item in source) made.Add(key(item), value(item));
            return made;
        }
    }
}

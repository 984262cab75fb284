using System.Diagnostics.CodeAnalysis;

namespace SeestarAlpaca.Seestar.Recording;

/// <summary>A set of so many values at most: for one more, the one that was named longest ago is forgotten. Not thread safe.</summary>
/// <param name="most">How many it holds.</param>
internal sealed class RecentSet<T>(int most)
    where T : notnull
{
    private readonly Dictionary<T, LinkedListNode<T>> _nodes = [];
    private readonly LinkedList<T> _order = new();

    public int Count => _nodes.Count;

    public bool Contains(T value) => _nodes.ContainsKey(value);

    /// <summary>Names a value; true if it is new.</summary>
    public bool Add(T value)
    {
        if (_nodes.TryGetValue(value, out var known))
        {
            _order.Remove(known);
            _order.AddLast(known);
            return false;
        }

        _nodes[value] = _order.AddLast(value);
        return true;
    }

    /// <summary>Forgets one value if there are too many.</summary>
    public bool TryForget([MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (_order.Count <= most)
        {
            return false;
        }

        value = _order.First!.Value;
        _order.RemoveFirst();
        return _nodes.Remove(value);
    }
}

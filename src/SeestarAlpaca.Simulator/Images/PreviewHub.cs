namespace SeestarAlpaca.Simulator.Images;

/// <summary>Somebody to whom previews are pushed.</summary>
internal interface IPreviewListener
{
    /// <summary>A preview has been exposed. Must not wait.</summary>
    void OnPreview();

    /// <summary>Live view has ended; nothing more will be pushed until it is asked for again.</summary>
    void OnEnd();
}

/// <summary>Knows to whom previews are pushed. Thread safe.</summary>
internal sealed class PreviewHub
{
    private readonly Lock _gate = new();
    private readonly List<IPreviewListener> _listeners = [];

    /// <summary>Begins pushing to somebody; twice is once.</summary>
    public void Add(IPreviewListener listener)
    {
        lock (_gate)
        {
            if (!_listeners.Contains(listener))
            {
                _listeners.Add(listener);
            }
        }
    }

    /// <summary>Ends pushing to somebody.</summary>
    public void Remove(IPreviewListener listener)
    {
        lock (_gate)
        {
            _listeners.Remove(listener);
        }
    }

    /// <summary>Tells that a preview has been exposed.</summary>
    public void Exposed()
    {
        foreach (var listener in Copy())
        {
            listener.OnPreview();
        }
    }

    /// <summary>Tells that live view has ended, and forgets everybody.</summary>
    public void End()
    {
        foreach (var listener in Copy())
        {
            listener.OnEnd();
            Remove(listener);
        }
    }

    private IPreviewListener[] Copy()
    {
        lock (_gate)
        {
            return [.. _listeners];
        }
    }
}

using SeestarAlpaca.Simulator.Models;

namespace SeestarAlpaca.Simulator.Images;

/// <summary>The newest sub and the stack. Thread safe: the telescope puts in, image connections take out.</summary>
/// <param name="keepOldStack">Whether the old stack stays until a new one has its first sub.</param>
/// <param name="mosaicScale">How much larger than the stack its canvas is; 1 for no mosaic.</param>
internal sealed class PictureStore(bool keepOldStack, double mosaicScale = 1)
{
    private readonly Lock _gate = new();
    private RunningMean? _present;
    private RunningMean? _served;
    private StarRegistrar _registrar = new();
    private int _scale = 1;
    private int _servedScale = 1;
    private int _imageId;
    private SubPicture? _sub;
    private StackPicture? _picture;

    /// <summary>The newest sub; null before the first.</summary>
    public SubPicture? Sub
    {
        get
        {
            lock (_gate)
            {
                return _sub;
            }
        }
    }

    /// <summary>Size of the stack to be served; 0 × 0 if there is none.</summary>
    public PictureSize StackSize
    {
        get
        {
            lock (_gate)
            {
                return _served is null
                    ? default
                    : MosaicCanvas.SizeOf(new PictureSize(_served.Size.Width * _servedScale, _served.Size.Height * _servedScale), mosaicScale);
            }
        }
    }

    /// <summary>Takes a sub that has just been exposed.</summary>
    public void Put(SubPicture sub)
    {
        lock (_gate)
        {
            _sub = sub;
        }
    }

    /// <summary>Begins a new stack.</summary>
    /// <param name="size">Size of the subs.</param>
    /// <param name="scale">1, or 2 for a stack of twice the width and height.</param>
    public void BeginStack(PictureSize size, int scale)
    {
        lock (_gate)
        {
            (_present, _registrar, _scale) = (new RunningMean(size), new StarRegistrar(), scale);
            if (!keepOldStack)
            {
                (_served, _picture) = (null, null);
            }
        }
    }

    /// <summary>Forgets everything, as a telescope that is switched off does.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            ClearStack();
            _sub = null;
        }
    }

    /// <summary>Forgets the stack.</summary>
    public void ClearStack()
    {
        lock (_gate)
        {
            (_present, _served, _picture) = (null, null, null);
        }
    }

    /// <summary>Adds a sub unless it cannot be registered; from now on the stack with it is the one served.</summary>
    public RegistrationOutcome Add(StackableSub sub)
    {
        lock (_gate)
        {
            if (sub.Stars is null)
            {
                _present!.Add(sub.Colours, sub.Drift);
            }
            else
            {
                var outcome = _registrar.Register(sub.Stars, out var transform);
                if (outcome != RegistrationOutcome.Registered)
                {
                    return outcome;
                }

                _present!.Add(sub.Colours, transform);
            }

            (_served, _servedScale, _imageId, _picture) = (_present, _scale, sub.ImageId, null);
            return RegistrationOutcome.Registered;
        }
    }

    /// <summary>The stack to be served, read out when it is first wanted; null if there is none.</summary>
    public StackPicture? ReadStack()
    {
        lock (_gate)
        {
            if (_picture is null && _served is not null)
            {
                var stack = _served.Read(_servedScale);
                _picture = new StackPicture(mosaicScale > 1 ? MosaicCanvas.Place(stack, mosaicScale) : stack, _served.Count, _imageId);
            }

            return _picture;
        }
    }
}

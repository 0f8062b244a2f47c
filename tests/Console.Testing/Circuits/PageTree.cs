namespace OpsConsole.Testing.Circuits;

/// <summary>
/// The page as a browser would hold it: render batches change it in place, as BrowserRenderer of blazor.web.js does. Not safe for several threads.
/// </summary>
public sealed class PageTree
{
    private readonly Dictionary<int, PageNode> _components = [];

    /// <summary>The document: root components lie in it.</summary>
    public PageNode Root { get; } = new(null, -1);

    /// <summary>Batches so far.</summary>
    public int Batches { get; private set; }

    /// <summary>A component gets a place of its own below the document.</summary>
    internal void Attach(int component) => _components[component] = Insert(Root, Root.Children.Count, new PageNode(Root, component));

    /// <summary>Applies one batch.</summary>
    internal void Apply(ReadOnlySpan<byte> bytes)
    {
        var batch = new RenderBatch(bytes);
        for (var i = 0; i < batch.ComponentCount; i++)
        {
            var (component, edits, count) = batch.ComponentAt(i);
            ApplyEdits(in batch, component, edits, count);
        }

        for (var i = 0; i < batch.DisposedCount; i++)
        {
            _components.Remove(batch.DisposedAt(i));
        }

        Batches++;
    }

    private void ApplyEdits(in RenderBatch batch, int component, int edits, int count)
    {
        var parent = _components[component];
        List<(int From, int To)>? moves = null;
        for (var i = 0; i < count; i++)
        {
            var (kind, sibling, frame, name) = batch.Edit(edits, i);
            switch (kind)
            {
                case 1: // prepend frame
                    InsertFrame(in batch, component, parent, sibling, frame);
                    break;
                case 2: // remove frame
                    parent.Children.RemoveAt(sibling);
                    break;
                case 3: // set attribute
                    SetAttribute(in batch, parent.Children[sibling], frame);
                    break;
                case 4: // remove attribute
                    RemoveAttribute(parent.Children[sibling], batch.Text(name)!);
                    break;
                case 5: // update text
                case 8: // update markup
                    parent.Children[sibling].Own = batch.Text(batch.Frame(frame).A) ?? "";
                    break;
                case 6: // step in
                    parent = parent.Children[sibling];
                    break;
                case 7: // step out
                    parent = parent.Parent!;
                    break;
                case 9: // permutation list entry
                    (moves ??= []).Add((sibling, frame));
                    break;
                case 10: // permutation list end
                    Permute(parent, moves!);
                    moves = null;
                    break;
                default:
                    throw new FormatException($"Edit of kind {kind}.");
            }
        }
    }

    private static void Permute(PageNode parent, List<(int From, int To)> moves)
    {
        var moved = moves.ConvertAll(move => parent.Children[move.From]);
        for (var i = 0; i < moves.Count; i++)
        {
            parent.Children[moves[i].To] = moved[i];
        }
    }

    // Returns how many nodes came: a region is no node of its own.
    private int InsertFrame(in RenderBatch batch, int component, PageNode parent, int at, int index)
    {
        var (kind, a, b, _) = batch.Frame(index);
        switch (kind)
        {
            case 1: // element
                var element = Insert(parent, at, new PageNode(parent, component) { Name = batch.Text(b)! });
                var (next, end) = (index + 1, index + a);
                while (next < end && batch.Frame(next).Kind == 3)
                {
                    SetAttribute(in batch, element, next++);
                }

                InsertRange(in batch, component, element, 0, next, end);
                return 1;
            case 2: // text
            case 8: // markup
                Insert(parent, at, new PageNode(parent, component) { Own = batch.Text(a) ?? "" });
                return 1;
            case 4: // component
                _components[b] = Insert(parent, at, new PageNode(parent, b));
                return 1;
            case 5: // region
                return InsertRange(in batch, component, parent, at, index + 1, index + a);
            case 6 or 7 or 9 or 10: // captures, render mode, named event: nothing to show
                return 0;
            default:
                throw new FormatException($"Frame of kind {kind}.");
        }
    }

    private int InsertRange(in RenderBatch batch, int component, PageNode parent, int at, int from, int to)
    {
        var first = at;
        for (var i = from; i < to; i++)
        {
            at += InsertFrame(in batch, component, parent, at, i);
            var (kind, length, _, _) = batch.Frame(i);
            if (kind is 1 or 4 or 5)
            {
                // What lies in it came with it.
                i += length - 1;
            }
        }

        return at - first;
    }

    private static void SetAttribute(in RenderBatch batch, PageNode element, int frame)
    {
        var (_, name, value, handler) = batch.Frame(frame);
        var attribute = batch.Text(name)!;
        if (handler != 0 && attribute.StartsWith("on", StringComparison.Ordinal))
        {
            element.Handlers[attribute[2..]] = handler;
        }
        else
        {
            element.Attributes[attribute] = batch.Text(value) ?? "";
        }
    }

    private static void RemoveAttribute(PageNode element, string name)
    {
        element.Attributes.Remove(name);
        if (name.StartsWith("on", StringComparison.Ordinal))
        {
            element.Handlers.Remove(name[2..]);
        }
    }

    private static PageNode Insert(PageNode parent, int at, PageNode node)
    {
        parent.Children.Insert(at, node);
        return node;
    }
}
